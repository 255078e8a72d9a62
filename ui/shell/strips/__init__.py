"""Strips above every page: posting by hand, replies still held from the previous run, a restored file on hold."""
