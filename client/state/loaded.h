#pragma once

#include "client/api/rest_client.h"

#include <QtCore/QObject>

#include <functional>
#include <optional>

namespace cb::state {

/// Something the server has, as it was when it was asked for last. A page asks when it opens; nobody asks by a timer.
/// When it may have changed since, outdated() is told, and whoever shows it asks again. GUI thread.
class Loaded : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks the server. While an answer is under way, once more after it.
    void load();
    bool isLoading() const { return m_loading; }
    bool isThere() const { return m_there; }
    /// There, and nothing is known that changed it since.
    bool isFresh() const { return m_there && !m_stale; }
    /// Of the last attempt; nothing after a good one.
    const std::optional<base::Error>& error() const { return m_error; }
    void setOutdated() {
        m_stale = true;
        m_again = m_again || m_loading; // what is under way may have been read before
        Q_EMIT outdated();
    }

Q_SIGNALS:
    void changed(); ///< there is an answer: the value, or error()
    void loadingChanged();
    void outdated();

protected:
    virtual void ask() = 0;
    void answered(const base::Result<void>& result);

private:
    bool m_loading = false;
    bool m_again = false;
    bool m_there = false;
    bool m_stale = false;
    std::optional<base::Error> m_error;
};

/// The same with its value.
template <class Body>
class LoadedBody final : public Loaded {
public:
    using Ask = std::function<void(QObject* context, api::RestClient::Then<Body> then)>;

    explicit LoadedBody(Ask ask, QObject* parent = nullptr)
        : Loaded(parent)
        , m_ask(std::move(ask)) {}

    const Body& value() const { return m_value; }

protected:
    void ask() override {
        m_ask(this, [this](base::Result<Body> answer) {
            if (answer)
                m_value = std::move(*answer);
            answered(answer ? base::Result<void>() : answer.error());
        });
    }

private:
    Ask m_ask;
    Body m_value;
};

} // namespace cb::state
