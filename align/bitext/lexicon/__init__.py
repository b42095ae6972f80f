"""Which words of two languages say the same: lexicons, learnt and shipped."""
