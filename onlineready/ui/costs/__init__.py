"""Page 1, costs and benefits."""
