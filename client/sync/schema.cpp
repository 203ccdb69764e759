#include "client/sync/schema_p.h"

namespace cb::sync {

const std::vector<Migration>& migrations() {
    static const std::vector<Migration> all{
        {1,
         {
             QStringLiteral(
                 "CREATE TABLE address (address TEXT NOT NULL, email TEXT NOT NULL, instance_name TEXT NOT NULL, "
                 "remember INTEGER NOT NULL, last_used INTEGER NOT NULL, PRIMARY KEY (address, email))"),
             QStringLiteral(
                 "CREATE TABLE account (id INTEGER PRIMARY KEY, address TEXT NOT NULL, agent INTEGER NOT NULL, "
                 "cursor INTEGER NOT NULL DEFAULT 0, UNIQUE (address, agent))"),
             QStringLiteral(
                 "CREATE TABLE draft (account INTEGER NOT NULL, session INTEGER NOT NULL, text TEXT NOT NULL, "
                 "at INTEGER NOT NULL, PRIMARY KEY (account, session))"),
             QStringLiteral("CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, "
                            "session INTEGER NOT NULL, uuid TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, "
                            "file TEXT NOT NULL, attachment TEXT NOT NULL, at INTEGER NOT NULL, error TEXT NOT NULL, "
                            "UNIQUE (account, session, uuid))"),
             QStringLiteral(
                 "CREATE TABLE message (account INTEGER NOT NULL, session INTEGER NOT NULL, seq INTEGER NOT NULL, "
                 "json TEXT NOT NULL, PRIMARY KEY (account, session, seq)) WITHOUT ROWID"),
             QStringLiteral("CREATE TABLE transcript (account INTEGER NOT NULL, session INTEGER NOT NULL, "
                            "whole INTEGER NOT NULL, at_start INTEGER NOT NULL, used_at INTEGER NOT NULL, "
                            "PRIMARY KEY (account, session))"),
         }},
        {2,
         {
             QStringLiteral("ALTER TABLE address ADD COLUMN agent INTEGER NOT NULL DEFAULT 0"),
             QStringLiteral("CREATE TABLE kept (account INTEGER NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, "
                            "PRIMARY KEY (account, name))"),
         }},
        {3,
         {
             QStringLiteral("CREATE TABLE past (account INTEGER NOT NULL, session INTEGER NOT NULL, "
                            "customer INTEGER NOT NULL, name TEXT NOT NULL, group_name TEXT NOT NULL, "
                            "at INTEGER NOT NULL, PRIMARY KEY (account, session))"),
         }},
        {4, // the number of an account that is gone is not given again: folders are named by it
         {
             QStringLiteral("CREATE TABLE account_4 (id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL, "
                            "agent INTEGER NOT NULL, cursor INTEGER NOT NULL DEFAULT 0, UNIQUE (address, agent))"),
             QStringLiteral("INSERT INTO account_4 SELECT id, address, agent, cursor FROM account"),
             QStringLiteral("DROP TABLE account"),
             QStringLiteral("ALTER TABLE account_4 RENAME TO account"),
         }},
    };
    return all;
}

} // namespace cb::sync
