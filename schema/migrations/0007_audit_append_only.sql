-- The chain finds a changed line; this keeps the program, and whoever is at the database by mistake, from
-- changing one.
{APPEND_ONLY:audit_line}
