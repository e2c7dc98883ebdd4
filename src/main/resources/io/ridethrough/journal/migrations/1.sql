-- Appends are fenced: they insert only while their epoch is the newest.
CREATE TABLE lease (
  scope VARCHAR(64) NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  holder VARCHAR(64) NOT NULL
);

INSERT INTO lease (scope, epoch, holder) VALUES ('journal', 0, 'nobody');

CREATE TABLE entry (
  seq BIGINT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  run VARCHAR(128),
  kind VARCHAR(64) NOT NULL,
  at VARCHAR(40) NOT NULL,
  body TEXT NOT NULL,
  previous CHAR(64) NOT NULL,
  hash CHAR(64) NOT NULL UNIQUE
);

CREATE INDEX entry_of_run ON entry (run, seq);

CREATE INDEX entry_of_kind ON entry (kind, seq);

CREATE TABLE receipt (
  number BIGINT NOT NULL PRIMARY KEY,
  run VARCHAR(128) NOT NULL UNIQUE,
  body TEXT NOT NULL
);
