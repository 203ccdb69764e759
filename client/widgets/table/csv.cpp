#include "client/widgets/table/csv.h"

namespace cb::widgets {

namespace {

void append(QByteArray& out, const QStringList& cells) {
    for (qsizetype i = 0; i < cells.size(); ++i) {
        QString text = withoutFormula(cells[i]);
        const bool quoted = text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r');
        if (quoted)
            text = u'"' + text.replace(u'"', QLatin1String("\"\"")) + u'"';
        if (i > 0)
            out += ',';
        out += text.toUtf8();
    }
    out += "\r\n";
}

} // namespace

QString withoutFormula(const QString& text) {
    static const QString kStarts = QStringLiteral("=+-@\t\r＝＋－＠");
    for (const QChar c : text) {
        if (c == u' ')
            continue;
        return kStarts.contains(c) ? u'\'' + text : text;
    }
    return text;
}

QByteArray csvOf(const QStringList& titles, const std::vector<QStringList>& rows) {
    QByteArray out = "\xEF\xBB\xBF";
    append(out, titles);
    for (const auto& row : rows)
        append(out, row);
    return out;
}

} // namespace cb::widgets
