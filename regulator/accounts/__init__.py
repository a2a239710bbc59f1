"""People, the bodies they belong to, the roles they hold, and how they sign in."""
