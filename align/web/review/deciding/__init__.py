"""What is decided, and on what: wishes, the history of events, what stands, what is left; no request is known here."""
