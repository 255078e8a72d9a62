"""Models for Qt's views: they keep ids and read just the rows that are on the screen."""
