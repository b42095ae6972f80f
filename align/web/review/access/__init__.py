"""Who may do what: requests from elsewhere are refused, people are known by their session."""
