#pragma once

#include "client/api/rest_client.h"
#include "client/sync/account_store.h"
#include "shared/model/screen_pop.h"
#include "shared/model/view.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <string>
#include <vector>

namespace cb::state {

/// The instance's screen pops（来电弹屏）, those that are on, in the admins' order. GUI thread.
class ScreenPops : public QObject {
    Q_OBJECT
public:
    struct Page {
        QString name;
        QUrl url;
        bool operator==(const Page&) const = default;
    };

    /// With those of the last time, until load() has its answer.
    ScreenPops(api::RestClient& rest, sync::AccountStore& store, QObject* parent = nullptr);

    bool isEmpty() const { return m_pops.empty(); }
    /// The pages of a session that rings at, or is served by, `agent`.
    std::vector<Page> pagesOf(const model::SessionView& view, const model::Agent& agent) const;

    void load(); ///< asks the server; the present ones stay until it answers

Q_SIGNALS:
    void changed();

private:
    void take(const std::vector<model::ScreenPop>& all);

    api::RestClient& m_rest;
    sync::AccountStore& m_store;
    std::vector<model::ScreenPop> m_pops;
};

} // namespace cb::state
