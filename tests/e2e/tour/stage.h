#pragma once

#include "tests/client/app/desk.h"

namespace cb::tour {

/// One scene's window, and what went wrong in it.
class Stage {
public:
    explicit Stage(const api::SessionOptions& session);

    test::Desk desk;

    /// Waits for the condition; a scene whose condition never comes fails.
    template <class Condition>
    void await(const char* what, Condition condition) {
        if (!QTest::qWaitFor(condition, 5000))
            fail(QStringLiteral("waited in vain for %1").arg(QLatin1String(what)));
    }
    void open(); ///< signs in
    void openAt(std::int64_t session);
    void fail(const QString& why);
    bool failed() const { return m_failed; }
    const QStringList& troubles() const { return m_troubles; }

    /// The window with its dialogs and menus over it. Notes empty pictures and texts that are cut off.
    QImage picture();

private:
    void settle() const;
    void checkTexts(const QWidget& root);

    bool m_failed = false;
    QStringList m_troubles;
};

} // namespace cb::tour
