"""Tests of the pages, in a real window over the demo community."""
