-- Delight to the end: items with their stock, gifts from idea to story, addresses apart, budgets by occasion, rates,
-- vouchers, and give-aways.
-- what can be given; `worth` is what one costs, in minor units; `sizes` with commas between them; `is_counted`: whether
-- its stock is kept; `retired_at`: no longer offered, though gifts of it stand
CREATE TABLE gift_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL DEFAULT 'swag' CHECK (kind IN ('gift_card', 'box', 'swag', 'voucher', 'card', 'other')),
  worth INTEGER NOT NULL DEFAULT 0, currency TEXT NOT NULL DEFAULT 'EUR', sizes TEXT NOT NULL DEFAULT '',
  supplier TEXT NOT NULL DEFAULT '', lead_days INTEGER NOT NULL DEFAULT 0, customs_text TEXT NOT NULL DEFAULT '',
  allergens TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', is_counted INTEGER NOT NULL DEFAULT 0,
  reorder_at INTEGER NOT NULL DEFAULT 0, retired_at INTEGER
) STRICT;
-- what a box is made of
CREATE TABLE gift_item_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT, box_id INTEGER NOT NULL REFERENCES gift_item(id) ON DELETE CASCADE,
  item_id INTEGER NOT NULL REFERENCES gift_item(id), qty INTEGER NOT NULL DEFAULT 1 CHECK (qty > 0), UNIQUE (box_id, item_id)
) STRICT;
CREATE INDEX gift_item_part_item ON gift_item_part(item_id);
-- every change of the stock; what is on hand is their sum, by item and size, and never below 0. `counted`: the
-- difference that a count found; `found`: what must have been there, as it was sent
CREATE TABLE stock_move (
  id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES gift_item(id), size TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL, qty INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('counted', 'bought', 'sent', 'returned', 'lost', 'found')),
  gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL, note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stock_move_item ON stock_move(item_id, size);
CREATE INDEX stock_move_gift ON stock_move(gift_id) WHERE gift_id IS NOT NULL;
-- a code that can be given once. The code itself lies in the system's keyring, never here; `ending` tells two apart
CREATE TABLE voucher (
  id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES gift_item(id), ending TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL, expires_on TEXT NOT NULL DEFAULT '', gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL,
  given_at INTEGER, void_at INTEGER
) STRICT;
CREATE INDEX voucher_item ON voucher(item_id);
CREATE INDEX voucher_gift ON voucher(gift_id) WHERE gift_id IS NOT NULL;
-- when a code was shown, and how
CREATE TABLE voucher_reveal (
  id INTEGER PRIMARY KEY AUTOINCREMENT, voucher_id INTEGER NOT NULL REFERENCES voucher(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, how TEXT NOT NULL CHECK (how IN ('window', 'shell', 'reply'))
) STRICT;
CREATE INDEX voucher_reveal_voucher ON voucher_reveal(voucher_id);
-- a gift's stages: idea to story, and the ends that are none of them. `asked`: we asked for the address (or the choice)
ALTER TABLE gift ADD COLUMN stage TEXT NOT NULL DEFAULT 'idea' CHECK (stage IN (
  'idea', 'approved', 'asked', 'address_in', 'to_ship', 'shipped', 'arrived', 'thanked', 'story',
  'declined', 'charity', 'lapsed', 'lost', 'returned'));
UPDATE gift SET stage = state;
DROP INDEX gift_state;
ALTER TABLE gift DROP COLUMN state;
ALTER TABLE gift RENAME COLUMN stage TO state;
CREATE INDEX gift_state ON gift(state, state_at);
-- the item, where it is one; `item` keeps its name as it was. `again_of`: sent again for one that was lost
ALTER TABLE gift ADD COLUMN item_id INTEGER REFERENCES gift_item(id);
ALTER TABLE gift ADD COLUMN again_of INTEGER REFERENCES gift(id);
ALTER TABLE gift ADD COLUMN giveaway_id INTEGER REFERENCES giveaway(id) ON DELETE SET NULL;
-- handed over in person: no address is needed
ALTER TABLE gift ADD COLUMN in_person INTEGER NOT NULL DEFAULT 0;
-- the day (YYYY-MM-DD) on which an unanswered question lapses; when, and by what, the member was asked and answered
ALTER TABLE gift ADD COLUMN lapses_on TEXT NOT NULL DEFAULT '';
ALTER TABLE gift ADD COLUMN asked_at INTEGER;
ALTER TABLE gift ADD COLUMN asked_draft_id INTEGER;
ALTER TABLE gift ADD COLUMN asked_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL;
ALTER TABLE gift ADD COLUMN answer_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
ALTER TABLE gift ADD COLUMN charity TEXT NOT NULL DEFAULT '';
ALTER TABLE gift ADD COLUMN arrived_on TEXT;
ALTER TABLE gift ADD COLUMN thanks_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
ALTER TABLE gift ADD COLUMN story_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
ALTER TABLE gift ADD COLUMN address_erased_at INTEGER;
CREATE INDEX gift_item_id ON gift(item_id) WHERE item_id IS NOT NULL;
CREATE INDEX gift_again ON gift(again_of) WHERE again_of IS NOT NULL;
CREATE INDEX gift_giveaway ON gift(giveaway_id) WHERE giveaway_id IS NOT NULL;
CREATE INDEX gift_asked ON gift(asked_outbox_id) WHERE asked_outbox_id IS NOT NULL;
CREATE INDEX gift_answer ON gift(answer_message_id) WHERE answer_message_id IS NOT NULL;
CREATE INDEX gift_thanks ON gift(thanks_message_id) WHERE thanks_message_id IS NOT NULL;
CREATE INDEX gift_story ON gift(story_message_id) WHERE story_message_id IS NOT NULL;
-- items that a member may choose among
CREATE TABLE gift_choice (
  id INTEGER PRIMARY KEY AUTOINCREMENT, gift_id INTEGER NOT NULL REFERENCES gift(id) ON DELETE CASCADE,
  item_id INTEGER NOT NULL REFERENCES gift_item(id), UNIQUE (gift_id, item_id)
) STRICT;
CREATE INDEX gift_choice_item ON gift_choice(item_id);
-- where a parcel goes, apart from all else: taken from a message, and erased on a day (YYYY-MM-DD) by itself
CREATE TABLE gift_address (
  id INTEGER PRIMARY KEY REFERENCES gift(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL DEFAULT '', address_1 TEXT NOT NULL DEFAULT '', address_2 TEXT NOT NULL DEFAULT '',
  address_3 TEXT NOT NULL DEFAULT '', postal_code TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '', message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  taken_at INTEGER NOT NULL, erase_on TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX gift_address_message ON gift_address(message_id) WHERE message_id IS NOT NULL;
INSERT INTO gift_address (id, recipient, address_1, address_2, address_3, postal_code, city, country, taken_at)
  SELECT id, recipient, address_1, address_2, address_3, postal_code, city, country, created_at FROM gift
  WHERE recipient || address_1 || address_2 || address_3 || postal_code || city || country <> '';
ALTER TABLE gift DROP COLUMN recipient;
ALTER TABLE gift DROP COLUMN address_1;
ALTER TABLE gift DROP COLUMN address_2;
ALTER TABLE gift DROP COLUMN address_3;
ALTER TABLE gift DROP COLUMN postal_code;
ALTER TABLE gift DROP COLUMN city;
ALTER TABLE gift DROP COLUMN country;
-- what was counted becomes items; gifts of such a name are gifts of that item
INSERT INTO gift_item (id, name, is_counted, reorder_at) SELECT id, item, 1, reorder_at FROM gift_stock;
INSERT INTO stock_move (item_id, at, qty, why) SELECT id, CAST(strftime('%s', 'now') AS INTEGER), on_hand, 'counted' FROM gift_stock;
UPDATE gift SET item_id = (SELECT i.id FROM gift_item i WHERE i.name = gift.item);
UPDATE gift_item SET (worth, currency) = (SELECT g.worth, g.currency FROM gift g WHERE g.item_id = gift_item.id ORDER BY g.id DESC LIMIT 1)
  WHERE EXISTS (SELECT 1 FROM gift g WHERE g.item_id = gift_item.id);
DROP TABLE gift_stock;
-- what actions did to columns and tables that are gone can no longer be undone; the rest of them can, and a gift goes
-- with its address
DELETE FROM action_step WHERE tbl = 'gift_stock';
UPDATE action_step SET
  before = json_remove(before, '$.recipient', '$.address_1', '$.address_2', '$.address_3', '$.postal_code', '$.city', '$.country'),
  after = json_remove(after, '$.recipient', '$.address_1', '$.address_2', '$.address_3', '$.postal_code', '$.city', '$.country')
  WHERE tbl = 'gift';
INSERT INTO action_step (action_id, step, tbl, op, row_id)
  SELECT s.action_id, (SELECT max(t.step) FROM action_step t WHERE t.action_id = s.action_id)
      + row_number() OVER (PARTITION BY s.action_id ORDER BY a.id), 'gift_address', 'insert', a.id
  FROM gift_address a JOIN action_step s ON s.tbl = 'gift' AND s.op = 'insert' AND s.row_id = a.id;
UPDATE action SET undone_at = at
  WHERE undone_at IS NULL AND batch_id IS NULL AND NOT EXISTS (SELECT 1 FROM action_step s WHERE s.action_id = action.id);
-- a year's budget, of one occasion or ('') of all
CREATE TABLE gift_budget_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, occasion TEXT NOT NULL DEFAULT '', currency TEXT NOT NULL,
  amount INTEGER NOT NULL, UNIQUE (year, occasion, currency)
) STRICT;
INSERT INTO gift_budget_new (id, year, currency, amount) SELECT id, year, currency, amount FROM gift_budget;
DROP TABLE gift_budget;
ALTER TABLE gift_budget_new RENAME TO gift_budget;
-- what one unit of a currency is in another from a day on, by hand; a decimal number as text
CREATE TABLE gift_rate (
  id INTEGER PRIMARY KEY AUTOINCREMENT, currency TEXT NOT NULL, into_currency TEXT NOT NULL, on_day TEXT NOT NULL,
  rate TEXT NOT NULL, UNIQUE (currency, into_currency, on_day)
) STRICT;
-- somebody who was proposed for a gift and is not to be for now
CREATE TABLE gift_pass (
  id INTEGER PRIMARY KEY AUTOINCREMENT, member_id INTEGER NOT NULL REFERENCES member(id), at INTEGER NOT NULL,
  until_on TEXT NOT NULL, why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX gift_pass_member ON gift_pass(member_id);
-- a give-away: its rules, when it is open, and the draw that anyone can repeat (docs/draw.md)
CREATE TABLE giveaway (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, prize TEXT NOT NULL DEFAULT '',
  item_id INTEGER REFERENCES gift_item(id), prizes INTEGER NOT NULL CHECK (prizes > 0), rules TEXT NOT NULL DEFAULT '',
  seed_promise TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, opens_at INTEGER, closes_at INTEGER, closed_at INTEGER,
  list_sha256 TEXT NOT NULL DEFAULT '', seed TEXT NOT NULL DEFAULT '', drawn_at INTEGER, called_off_at INTEGER
) STRICT;
CREATE INDEX giveaway_item ON giveaway(item_id) WHERE item_id IS NOT NULL;
-- where entrants come from: a conversation (its id), a post (its address), a label or tag, a file (its name)
CREATE TABLE giveaway_source (
  id INTEGER PRIMARY KEY AUTOINCREMENT, giveaway_id INTEGER NOT NULL REFERENCES giveaway(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('conversation', 'post', 'tag', 'file')), value TEXT NOT NULL,
  UNIQUE (giveaway_id, kind, value)
) STRICT;
-- an entry as it came. `struck`: why it takes no part ('' if it does), `note`: the reason in words where it was struck
-- by hand; `listed`: its line in the list that was hashed; `place`: the winner's, from 1
CREATE TABLE giveaway_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT, giveaway_id INTEGER NOT NULL REFERENCES giveaway(id) ON DELETE CASCADE,
  member_id INTEGER REFERENCES member(id), name TEXT NOT NULL, contact TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '',
  at INTEGER, message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, struck TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', kept_by_hand INTEGER NOT NULL DEFAULT 0, listed TEXT NOT NULL DEFAULT '', place INTEGER,
  gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX giveaway_entry_giveaway ON giveaway_entry(giveaway_id, member_id);
CREATE INDEX giveaway_entry_member ON giveaway_entry(member_id) WHERE member_id IS NOT NULL;
CREATE INDEX giveaway_entry_message ON giveaway_entry(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX giveaway_entry_gift ON giveaway_entry(gift_id) WHERE gift_id IS NOT NULL;
