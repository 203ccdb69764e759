#include "tests/support/suite.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QMap>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

namespace {

struct Arrows {
    QMap<QString, QSet<QString>> direct;
    QSet<QString> qt;

    /// Everything `room` may include: the closure of its arrows.
    QSet<QString> reach(const QString& room) const {
        QSet<QString> seen{room, QStringLiteral("shared/base")};
        QStringList open{room};
        while (!open.isEmpty()) {
            for (const QString& next : direct.value(open.takeLast())) {
                if (seen.contains(next))
                    continue;
                seen.insert(next);
                open.append(next);
            }
        }
        return seen;
    }
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Arrows readArrows(const QString& text) {
    Arrows arrows;
    QMap<QString, QStringList> lines;
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(u'#'))
            continue;
        const auto colon = line.indexOf(u':');
        lines.insert(line.left(colon).trimmed(), line.mid(colon + 1).split(u' ', Qt::SkipEmptyParts));
    }
    for (auto it = lines.cbegin(); it != lines.cend(); ++it) {
        auto& direct = arrows.direct[it.key()];
        for (const QString& word : it.value()) {
            if (word == QLatin1String("qt")) {
                arrows.qt.insert(it.key());
            } else if (word.endsWith(QLatin1String("/*"))) {
                for (const QString& room : lines.keys())
                    if (room.startsWith(word.chopped(1)))
                        direct.insert(room);
            } else {
                direct.insert(word);
            }
        }
    }
    return arrows;
}

/// The longest named room that holds `path`; empty when none does.
QString roomOf(const QString& path, const Arrows& arrows) {
    QString best;
    for (auto it = arrows.direct.cbegin(); it != arrows.direct.cend(); ++it)
        if (path.startsWith(it.key() + u'/') && it.key().size() > best.size())
            best = it.key();
    return best;
}

/// Sentences about what `source` includes and must not.
QStringList faultsIn(const QString& path, const QString& source, const Arrows& arrows) {
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression qtHeader(QStringLiteral("^(Q[A-Z]|Qt[A-Z]?\\w*/)"));
    const QString room = roomOf(path, arrows);
    if (room.isEmpty())
        return {path + QStringLiteral(" stands in no room of arrows.txt")};
    const auto allowed = arrows.reach(room);
    QStringList faults;
    for (auto it = include.globalMatch(source); it.hasNext();) {
        const QString target = it.next().captured(1);
        if (qtHeader.match(target).hasMatch() && !arrows.qt.contains(room))
            faults.append(QStringLiteral("%1 includes Qt's %2").arg(path, target));
        if (!target.startsWith(QLatin1String("shared/")) && !target.startsWith(QLatin1String("server/")) &&
            !target.startsWith(QLatin1String("client/")))
            continue;
        const QString targetRoom = roomOf(target, arrows);
        if (!allowed.contains(targetRoom))
            faults.append(QStringLiteral("%1 (%2) may not include %3 (%4)").arg(path, room, target, targetRoom));
    }
    return faults;
}

} // namespace

class LayeringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aForbiddenArrowIsSeen() {
        const Arrows arrows =
            readArrows(QStringLiteral("shared/base:\nshared/model:\nserver/desk: shared/model\nclient/a: qt\n"));
        QCOMPARE(
            faultsIn(QStringLiteral("shared/model/x.cpp"), QStringLiteral("#include \"server/desk/y.h\"\n"), arrows)
                .size(),
            1);
        QCOMPARE(
            faultsIn(QStringLiteral("server/desk/x.cpp"), QStringLiteral("#include \"shared/model/y.h\"\n"), arrows)
                .size(),
            0);
        QCOMPARE(
            faultsIn(QStringLiteral("server/desk/x.cpp"), QStringLiteral("#include <QtCore/QString>\n"), arrows).size(),
            1);
        QCOMPARE(faultsIn(QStringLiteral("client/a/x.cpp"), QStringLiteral("#include <QString>\n"), arrows).size(), 0);
        QCOMPARE(faultsIn(QStringLiteral("server/new/x.cpp"), QString(), arrows).size(), 1);
    }

    void everyIncludeFollowsAnArrow() {
        const QString root = QStringLiteral(CLOUDBELL_SOURCE);
        const Arrows arrows =
            readArrows(QString::fromUtf8(contentOf(root + QStringLiteral("/tests/layering/arrows.txt"))));
        QVERIFY(arrows.direct.size() > 10);
        QStringList faults;
        int files = 0;
        for (const char* top : {"shared", "server", "client"}) {
            QDirIterator it(root + u'/' + QLatin1String(top), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                            QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString file = it.next();
                ++files;
                faults += faultsIn(file.mid(root.size() + 1), QString::fromUtf8(contentOf(file)), arrows);
            }
        }
        QVERIFY(files > 20);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

static const cb::test::Add<LayeringTest> addedLayeringTest;
CB_TEST_MAIN()
#include "layering_test.moc"
