"""The nouns: what the files hold, one module for each kind of file, and the findings made about them."""
