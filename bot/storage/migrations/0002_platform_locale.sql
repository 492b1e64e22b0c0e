-- Why: a board is drawn when nobody is asking, so the language that the platform tells of a place has to be remembered.
-- `locale` stays what moderators set there; this one holds where they set nothing.

ALTER TABLE places ADD COLUMN platform_locale TEXT;
