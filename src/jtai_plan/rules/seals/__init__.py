"""What a board agreed: sign-offs, closed periods, and the digest of a report's inputs."""
