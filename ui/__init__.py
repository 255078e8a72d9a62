"""The screen: it shows what `app` knows. No SQL, no HTTP and no rules live here."""
