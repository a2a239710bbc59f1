"""What pages and steps cost, beside a page that does next to nothing: `make bench`."""
