"""Real servers on 127.0.0.1 for tests to speak to; they end with the test run."""
