"""One package per channel, each built on `base`; channels import neither each other nor the store."""
