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
    void press(const QString& text); ///< the button that says so
    /// Lets posted events and answers in, without waiting for time to pass.
    void settle() const;
    void fail(const QString& why);
    bool failed() const { return m_failed; }
    const QStringList& troubles() const { return m_troubles; }

    /// The window with its dialogs and menus over it. Notes empty pictures and texts that are cut off.
    QImage picture();

private:
    void checkTexts(const QWidget& root);

    bool m_failed = false;
    QStringList m_troubles;
};

/// The first of this kind in the window, once it is seen; nullptr: there is none, and the scene has failed.
template <class Widget>
Widget* awaitWidget(Stage& stage, const char* what) {
    stage.await(what, [&] {
        auto* widget = stage.desk.the<Widget>();
        return widget && widget->isVisible();
    });
    return stage.desk.the<Widget>();
}

} // namespace cb::tour
