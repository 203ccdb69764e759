#include "client/widgets/controls/avatar.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"
#include "client/widgets/theme/theme.h"
#include "client/widgets/theme/theme_style.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QPainter>

using namespace cb::widgets;

class TokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastIsTheStandards() {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 10), 210);
        QCOMPARE(qRound(contrast(QColor(0x777777), Qt::white) * 100), 448);
    }

    void textIsReadableEverywhere_data() {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        for (const Tokens& t : {lightTokens(), darkTokens()}) {
            const std::pair<const char*, QColor> texts[] = {
                {"text", t.text}, {"muted", t.muted},   {"accent", t.accent}, {"idle", t.idle},
                {"busy", t.busy}, {"wrapUp", t.wrapUp}, {"break", t.onBreak}, {"offline", t.offline}};
            const std::pair<const char*, QColor> grounds[] = {
                {"bg", t.bg}, {"surface", t.surface}, {"sunken", t.sunken}};
            const char* theme = t.dark ? "dark" : "light";
            for (const auto& [text, color] : texts)
                for (const auto& [ground, under] : grounds)
                    QTest::addRow("%s %s on %s", theme, text, ground) << color << under;
            QTest::addRow("%s onAccent", theme) << t.onAccent << t.accent;
            QTest::addRow("%s onBusy", theme) << t.onBusy << t.busy;
            const std::pair<const char*, QColor> bubbles[] = {{"selection", t.selection},
                                                              {"customer bubble", t.customerBubble},
                                                              {"agent bubble", t.agentBubble},
                                                              {"flow bubble", t.flowBubble}};
            for (const auto& [name, bubble] : bubbles) {
                QTest::addRow("%s text on %s", theme, name) << t.text << bubble;
                QTest::addRow("%s muted on %s", theme, name) << t.muted << bubble;
                QTest::addRow("%s accent on %s", theme, name) << t.accent << bubble;
            }
        }
    }
    void textIsReadableEverywhere() {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        const double ratio = contrast(text, ground);
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }

    void avatarsAreReadable() {
        for (int i = 0; i < 200; ++i) {
            const QString key = QStringLiteral("customer-%1").arg(i);
            QVERIFY(contrast(avatarColor(key, lightTokens()), Qt::white) >= 4.5);
            QVERIFY(contrast(avatarColor(key, darkTokens()), darkTokens().onAccent) >= 4.5);
        }
    }

    void themeChangesLivingWidgets() {
        Theme theme;
        theme.setMode(Theme::Mode::Light);
        Label label(QStringLiteral("x"));
        Button button(QStringLiteral("Send"), Button::Kind::Primary);
        button.resize(button.sizeHint());
        label.show();
        const auto ground = [&button] { return button.grab().toImage().pixelColor(button.width() / 2, 3); };
        QCOMPARE(ground(), lightTokens().accent);
        const int height = button.sizeHint().height();

        int told = 0;
        connect(&theme, &Theme::changed, this, [&told] { ++told; });
        theme.setMode(Theme::Mode::Dark);
        QCOMPARE(told, 1);
        QCOMPARE(QApplication::palette().color(QPalette::Window), darkTokens().bg);
        QCoreApplication::processEvents(); // Qt hands a new palette on with an event
        QCOMPARE(label.palette().color(QPalette::WindowText), darkTokens().text);
        QCOMPARE(ground(), darkTokens().accent);

        theme.setScale(1.6);
        QCoreApplication::processEvents();
        QCOMPARE(label.font().pixelSize(), 21);
        QVERIFY(button.sizeHint().height() > height);
        theme.setScale(1);
    }

    void systemDarkCountsOnlyInSystemMode() {
        Theme theme;
        theme.setMode(Theme::Mode::System);
        theme.setSystemDark(true);
        QVERIFY(theme.isDark());
        theme.setMode(Theme::Mode::Light);
        QVERIFY(!theme.isDark());
        theme.setSystemDark(false);
        QVERIFY(!theme.isDark());
        QVERIFY(theme.look().motion() > 0);
        theme.setReducedMotion(true);
        QCOMPARE(theme.look().motion(), 0);
    }

    void everyIconIsThere() {
        for (int i = 0; i < int(std::size(kGlyphNames)); ++i) {
            const QImage image = glyphPixmap(Glyph(i), Qt::red, 20, 2).toImage();
            QCOMPARE(image.size(), QSize(40, 40));
            int red = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    red += image.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
            QVERIFY2(red > 4, kGlyphNames[i]);
        }
    }

    void digitsAreTabular() {
        const QFontMetrics metrics(QApplication::font());
        QCOMPARE(tabularWidth(metrics, QStringLiteral("11:11")), tabularWidth(metrics, QStringLiteral("48:06")));
    }
};

static const cb::test::Add<TokensTest> addedTokensTest;
#include "tokens_test.moc"
