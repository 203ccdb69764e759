#pragma once

#include "client/bridge/convert.h"
#include "client/state/account_state.h"
#include "tests/client/support/fake_server.h"
#include "tests/support/suite.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

namespace cb::test {

inline api::SessionOptions quickSession() {
    api::SessionOptions options;
    options.backoff.delays = {base::Millis(1)};
    options.backoff.afterGoodbye = base::Millis(1);
    options.seed = 1;
    return options;
}

/// A client's machine: its folder outlives programs that run on it.
struct Machine {
    QTemporaryDir folder;
    state::MemorySecrets secrets;
};

/// One run of the program on a machine, without windows.
struct Program {
    explicit Program(Machine& machine, const QString& device = QStringLiteral("here"),
                     const api::SessionOptions& session = quickSession(),
                     base::Millis patience = std::chrono::minutes(1), const call::MakeMedia& makeMedia = {})
        : store(std::move(*sync::LocalStore::open(machine.folder.filePath(QStringLiteral("cloudbell.sqlite")))))
        , account({network, *store, machine.folder.path(), device, session, patience, makeMedia}, machine.secrets) {}

    bool signIn(const QString& address, const QString& email = QStringLiteral("a@b.c"),
                const QString& password = QStringLiteral("secret-1"), bool remember = false) {
        account.signIn(address, email, password, remember);
        return QTest::qWaitFor([this] { return account.step() == state::AccountState::Step::SignedIn; });
    }
    state::WorkbenchState& workbench() { return account.account()->workbench(); }
    state::Commands& commands() { return account.account()->commands(); }
    state::TranscriptModel& transcript(std::int64_t session) {
        return *workbench().transcript(model::SessionId(session));
    }
    std::vector<std::string> texts(std::int64_t session) {
        std::vector<std::string> all;
        auto& model = transcript(session);
        for (int row = 0; row < model.rowCount(); ++row)
            all.push_back(model.index(row).data(state::TranscriptModel::TextRole).toString().toStdString());
        return all;
    }

    QNetworkAccessManager network;
    std::unique_ptr<sync::LocalStore> store;
    state::AccountState account;
};

} // namespace cb::test
