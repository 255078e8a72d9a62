-- Checksums of rows that have settled, block by block, so that a letter that the disk changed by itself is noticed: CRC-32
-- of the rows of a table whose ids are in this block (see app/store/seals.py). A write takes the seals of what it changes.
CREATE TABLE seal (
  sheet TEXT NOT NULL, block INTEGER NOT NULL, n INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (sheet, block)
) STRICT, WITHOUT ROWID;
