-- Two roles: portal_owner owns database, schema and tables (migrate, restore), portal_app is what web server and worker
-- use. Run as a superuser in the portal's database, before the first migrate or at any later time: run twice it leaves
-- what run once leaves, and nothing here fails on an empty database. Passwords: \password, or deploy/install.
-- After a later migrate or restore nothing need be run again: what portal_owner makes is granted by the default
-- privileges below, and migrate takes the rights on the log away itself (portal/cases/guards.py).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') THEN
        CREATE ROLE portal_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
        CREATE ROLE portal_app LOGIN;
    END IF;
END $$;
ALTER ROLE portal_owner NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
ALTER ROLE portal_app NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;

-- Whoever owned something of the portal before, portal_owner does now.
DO $$
DECLARE
    found record;
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO portal_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO portal_app', current_database());
    ALTER SCHEMA public OWNER TO portal_owner;
    FOR found IN
        SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relowner <> 'portal_owner'::regrole
          AND c.relkind IN ('r', 'p', 'v', 'm')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO portal_owner', found.name);
    END LOOP;
    FOR found IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> 'portal_owner'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO portal_owner', found.name);
    END LOOP;
END $$;

-- The schema: nobody but the owner makes anything in it.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_app;
-- Also for a schema and tables that a restore makes anew.
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE ON SCHEMAS TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE, SELECT ON SEQUENCES TO portal_app;

-- What is there already.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO portal_app;
-- These only grow: not even a stolen application password can change or remove a row. The record of migrations
-- belongs to the owner.
DO $$
DECLARE
    found text;
BEGIN
    FOREACH found IN ARRAY ARRAY[
        'cases_caseevent', 'cases_clockentry', 'cases_ledgeranchor', 'privacy_personaldataaccess',
        'privacy_retentionrun', 'administration_adminrecord'
    ] LOOP
        IF to_regclass('public.' || found) IS NOT NULL THEN
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON public.%I FROM portal_app', found);
        END IF;
    END LOOP;
    IF to_regclass('public.django_migrations') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM portal_app;
    END IF;
END $$;
