-- Two roles: portal_owner makes and changes the tables (migrate), portal_app is what web server and worker use.
-- Run as a superuser in the portal's database, once before the first migrate; then set both passwords with
-- \password. Run the second part (grants) again after every migrate.
CREATE ROLE portal_owner LOGIN;
CREATE ROLE portal_app LOGIN;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO portal_owner;
GRANT USAGE ON SCHEMA public TO portal_app;

-- Second part.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO portal_app;
-- These only grow: not even a stolen application password can change or remove a row.
REVOKE UPDATE, DELETE, TRUNCATE
    ON cases_caseevent, cases_clockentry, cases_ledgeranchor, privacy_personaldataaccess FROM portal_app;
-- The record of migrations belongs to the owner.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM portal_app;
