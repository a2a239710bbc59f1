"""What an audit and an inspection share: areas and ratings, visits, the report, recommendations, publication."""
