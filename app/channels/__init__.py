"""One folder per channel, each on `base`; channels know neither each other nor the store."""
