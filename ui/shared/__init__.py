"""Parts that several pages show: a conversation, drafts, gifts, the choice of a member."""
