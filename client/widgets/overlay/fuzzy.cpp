#include "client/widgets/overlay/fuzzy.h"

#include <QStringList>

namespace cb::widgets {

namespace {

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

int partScore(const QString& part, const QString& folded, const QString& original) {
    // A whole run beats scattered characters; the earlier and the nearer to a word's start, the better.
    const qsizetype run = folded.indexOf(part);
    if (run >= 0)
        return 1000 +
               (run == 0                                             ? 400
                : run < original.size() && startsWord(original, run) ? 250
                                                                     : 0) -
               int(qMin<qsizetype>(run, 100)) - int(qMin<qsizetype>(folded.size() - part.size(), 100)) / 4;
    int score = 0;
    qsizetype at = -1;
    for (const QChar c : part) {
        const qsizetype next = folded.indexOf(c, at + 1);
        if (next < 0)
            return 0;
        score += next == at + 1 ? 20 : next < original.size() && startsWord(original, next) ? 30 : 4;
        at = next;
    }
    return qMax(1, score);
}

} // namespace

int fuzzyScore(const QString& query, const QString& text) {
    const QString original = text.normalized(QString::NormalizationForm_KC);
    const QString folded = original.toLower();
    const QStringList parts =
        query.normalized(QString::NormalizationForm_KC).toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int sum = 1;
    for (const QString& part : parts) {
        const int score = partScore(part, folded, original);
        if (score == 0)
            return 0;
        sum += score;
    }
    return sum;
}

} // namespace cb::widgets
