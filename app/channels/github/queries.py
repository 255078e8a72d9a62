"""GraphQL documents for GitHub's discussions, by the published schema.

https://docs.github.com/public/fpt/schema.docs.graphql. How much a query may ask for:
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api; a discussion is asked for
in small pages, as large pages of two connections at once are what GitHub breaks off.
"""

from __future__ import annotations

_WHO = "author { __typename login url ... on Node { id } ... on User { name } }"
_OPENING = (
    "id title body url createdAt updatedAt locked closed stateReason viewerDidAuthor viewerHasUpvoted"
    f" answer {{ id }} reactionGroups {{ content viewerHasReacted }} {_WHO}"
    " poll { question options(first: 10) { nodes { option } } }"
)
_COMMENT = (
    "fragment Said on DiscussionComment { id body createdAt updatedAt url isAnswer isMinimized minimizedReason"
    f" deletedAt viewerDidAuthor viewerHasUpvoted reactionGroups {{ content viewerHasReacted }} {_WHO} }}"
)
_MARK = "id updatedAt isAnswer isMinimized deletedAt"
_MARKS = f"{_MARK} replies(last: 10) {{ totalCount nodes {{ {_MARK} }} }}"
"""Of a comment and the latest below it: without any words, as GitHub breaks off what asks for much."""
OPENING = "query($id: ID!) { node(id: $id) { ... on Discussion { title body url } } }"
CHECK = """
query($owner: String!, $name: String!) {
  viewer { id login }
  repository(owner: $owner, name: $name) {
    id nameWithOwner hasDiscussionsEnabled isPrivate isArchived viewerPermission
    discussionCategories(first: 25) { nodes { id name slug isAnswerable } }
  }
}"""
LISTED = """
query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    id nameWithOwner isPrivate
    discussions(first: 50, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes { id title updatedAt locked closed answer { id } comments { totalCount } }
    }
  }
}"""
WATCHED = f"""
query($ids: [ID!]!) {{
  nodes(ids: $ids) {{
    ... on Discussion {{
      id updatedAt locked closed answer {{ id }}
      comments(last: 30) {{ totalCount nodes {{ {_MARKS} }} }}
    }}
  }}
}}"""
COMMENTS = f"""
query($id: ID!, $after: String, $first: Int!, $replies: Int!) {{
  node(id: $id) {{
    ... on Discussion {{
      {_OPENING}
      comments(first: $first, after: $after) {{
        totalCount pageInfo {{ hasNextPage endCursor }}
        nodes {{
          ...Said
          replies(first: $replies) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ ...Said }} }}
        }}
      }}
    }}
  }}
}}
{_COMMENT}"""
REPLIES = f"""
query($id: ID!, $after: String, $first: Int!) {{
  node(id: $id) {{
    ... on DiscussionComment {{
      replies(first: $first, after: $after) {{
        totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ ...Said }}
      }}
    }}
  }}
}}
{_COMMENT}"""
LATEST = f"""
query($id: ID!, $before: String) {{
  node(id: $id) {{
    ... on Discussion {{
      comments(last: 50, before: $before) {{ pageInfo {{ hasPreviousPage startCursor }} nodes {{ ...Said }} }}
    }}
    ... on DiscussionComment {{
      replies(last: 50, before: $before) {{ pageInfo {{ hasPreviousPage startCursor }} nodes {{ ...Said }} }}
    }}
  }}
}}
{_COMMENT}"""
BEGUN = """
query($owner: String!, $name: String!, $category: ID!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 50, after: $after, categoryId: $category, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes { id title body url createdAt viewerDidAuthor }
    }
  }
}"""
THERE = """
query($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on DiscussionComment { deletedAt } } }"""
STANDING = """
query($id: ID!) {
  node(id: $id) {
    __typename
    ... on Discussion { id body locked answer { id } category { isAnswerable } }
    ... on DiscussionComment {
      id body isAnswer isMinimized minimizedReason deletedAt replyTo { id }
      discussion { id locked answer { id } category { isAnswerable } }
    }
  }
}"""
ADD = f"""
mutation($discussion: ID!, $to: ID, $body: String!) {{
  addDiscussionComment(input: {{discussionId: $discussion, replyToId: $to, body: $body}}) {{ comment {{ ...Said }} }}
}}
{_COMMENT}"""
CREATE = """
mutation($repository: ID!, $category: ID!, $title: String!, $body: String!) {
  createDiscussion(input: {repositoryId: $repository, categoryId: $category, title: $title, body: $body}) {
    discussion { id url createdAt }
  }
}"""
UPDATE_COMMENT = """
mutation($id: ID!, $body: String!) {
  updateDiscussionComment(input: {commentId: $id, body: $body}) { comment { id } }
}"""
UPDATE_DISCUSSION = """
mutation($id: ID!, $body: String!) {
  updateDiscussion(input: {discussionId: $id, body: $body}) { discussion { id } }
}"""
MINIMIZE = """
mutation($id: ID!, $why: ReportedContentClassifiers!) {
  minimizeComment(input: {subjectId: $id, classifier: $why}) { minimizedComment { isMinimized } }
}"""
UNMINIMIZE = """
mutation($id: ID!) {
  unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } }
}"""
MARK = "mutation($id: ID!) { markDiscussionCommentAsAnswer(input: {id: $id}) { discussion { id } } }"
UNMARK = "mutation($id: ID!) { unmarkDiscussionCommentAsAnswer(input: {id: $id}) { discussion { id } } }"
LOCK = "mutation($id: ID!) { lockLockable(input: {lockableId: $id}) { lockedRecord { locked } } }"
UNLOCK = "mutation($id: ID!) { unlockLockable(input: {lockableId: $id}) { unlockedRecord { locked } } }"
REACTED = """
query($id: ID!) {
  node(id: $id) {
    __typename
    ... on Reactable { reactionGroups { content viewerHasReacted } }
    ... on Votable { viewerHasUpvoted }
    ... on DiscussionComment { deletedAt }
  }
}"""
REACT = """
mutation($id: ID!, $what: ReactionContent!) {
  addReaction(input: {subjectId: $id, content: $what}) { reaction { content } }
}"""
UNREACT = """
mutation($id: ID!, $what: ReactionContent!) {
  removeReaction(input: {subjectId: $id, content: $what}) { reaction { content } }
}"""
UPVOTE = "mutation($id: ID!) { addUpvote(input: {subjectId: $id}) { subject { viewerHasUpvoted } } }"
UNVOTE = "mutation($id: ID!) { removeUpvote(input: {subjectId: $id}) { subject { viewerHasUpvoted } } }"
DELETE_COMMENT = "mutation($id: ID!) { deleteDiscussionComment(input: {id: $id}) { comment { id } } }"
DELETE_DISCUSSION = "mutation($id: ID!) { deleteDiscussion(input: {id: $id}) { discussion { id } } }"
