#include "client/widgets/transcript/transcript_row.h"

#include "client/widgets/controls/format.h"

#include <QFontMetrics>
#include <QLocale>
#include <QTextOption>

#include <cmath>

namespace cb::widgets {

namespace {

constexpr int kRunPauseSeconds = 5 * 60;

int sideMargin(const Look& look) {
    return look.grid(4);
}

int widestBubble(int width, const Look& look) {
    return qMax(look.px(120), qMin(int((width - 2 * sideMargin(look)) * 0.76), look.px(560)));
}

/// The size a picture is shown with: within 280 × 280, never enlarged, never too small to click.
QSize shownPicture(const QSize& own, const Look& look, int widest) {
    const QSize most(qMin(look.px(280), widest), look.px(280));
    QSize size = own.isEmpty() ? QSize(look.px(200), look.px(150)) : own;
    if (size.width() > most.width() || size.height() > most.height())
        size.scale(most, Qt::KeepAspectRatio);
    return size.expandedTo({look.px(64), look.px(48)});
}

int metaWidth(const RowData& data, const Look& look) {
    const QFontMetrics metrics(look.secondary);
    const int time = metrics.horizontalAdvance(QLocale().toString(data.time.time(), QLocale::ShortFormat));
    return time + (data.delivery == Delivery::None ? 0 : look.px(4) + look.px(14));
}

std::unique_ptr<QTextLayout> layOutText(const QString& text, const QFont& font, int width, Qt::Alignment alignment) {
    // Same length, so positions in the layout are positions in the message.
    QString shown = text;
    shown.replace(u'\n', QChar::LineSeparator);
    auto layout = std::make_unique<QTextLayout>(shown, font);
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout->setTextOption(option);
    layout->setCacheEnabled(true);
    layout->beginLayout();
    qreal y = 0;
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += std::ceil(line.height());
    }
    layout->endLayout();
    return layout;
}

qreal naturalWidth(const QTextLayout& layout) {
    qreal widest = 0;
    for (int i = 0; i < layout.lineCount(); ++i)
        widest = qMax(widest, layout.lineAt(i).naturalTextWidth());
    return std::ceil(widest);
}

int layoutHeight(const QTextLayout& layout) {
    const QTextLine last = layout.lineAt(layout.lineCount() - 1);
    return layout.lineCount() == 0 ? 0 : int(std::ceil(last.y() + last.height()));
}

void layOutSystem(RowLayout& row, int y, int width, const Look& look) {
    const int room = qMax(look.px(120), int(width * 0.8));
    row.text = layOutText(row.data.text, look.secondary, room, Qt::AlignHCenter);
    row.textAt = QPointF((width - room) / 2.0, y + look.grid(1));
    row.height = y + look.grid(1) + layoutHeight(*row.text) + look.grid(1);
}

/// A card across the column: what it is and by whom, the time, the text, who does not see it.
void layOutNote(RowLayout& row, int y, int width, const Look& look) {
    const QFontMetrics small(look.secondary);
    const int margin = sideMargin(look) + look.grid(4);
    const int padX = look.px(12) + look.px(3);
    const int padY = look.px(8);
    const int whole = qMax(look.px(160), width - 2 * margin);
    const int inner = whole - padX - look.px(12);
    y += look.grid(3);
    const int left = (width - whole) / 2 + padX;
    const int meta = metaWidth(row.data, look);
    int at = y + padY;
    row.author = QRect(left, at, inner - meta - look.grid(2), small.height());
    row.meta = QRect(left + inner - meta, at, meta, small.height());
    at = row.author.bottom() + 1 + look.grid(1);
    row.links = findLinks(row.data.text);
    row.text = layOutText(row.data.text, look.body, inner, Qt::AlignLeft);
    row.textAt = QPointF(left, at);
    at += layoutHeight(*row.text) + look.grid(1);
    row.hidden = QRect(left, at, inner, small.height());
    at = row.hidden.bottom() + 1 + padY;
    row.bubble = QRect((width - whole) / 2, y, whole, at - y);
    row.height = at + look.grid(1);
}

/// Below a failed message: why, and what can be done.
int layOutFailure(RowLayout& row, int y, int width, const Look& look, const RowTexts& texts) {
    const QFontMetrics small(look.secondary);
    const int margin = sideMargin(look);
    const int gap = look.grid(3);
    const int retry = row.data.canRetry ? small.horizontalAdvance(texts.retry) + gap : 0;
    const int discard = small.horizontalAdvance(texts.discard) + gap;
    const int actions = retry + discard;
    const int reason = small.horizontalAdvance(row.data.error) + 2;
    const int room = width - 2 * margin;
    const bool left = row.data.side == TranscriptSide::Customer;
    const auto place = [&](int whole) { return left ? margin : width - margin - whole; };
    y += look.px(3);
    if (reason + actions > room) { // in a narrow column the reason has lines of its own
        const QRect lines = small.boundingRect(QRect(0, 0, room, 1000), Qt::TextWordWrap, row.data.error);
        row.failure = QRect(margin, y, room, lines.height());
        y = row.failure.bottom() + 1;
    } else {
        row.failure = QRect(place(reason + actions), y, reason, small.height());
    }
    int x = row.failure.width() == room && reason + actions > room ? place(actions) : row.failure.right() + 1;
    if (row.data.canRetry) {
        row.retry = QRect(x + gap, y, retry - gap + 1, small.height());
        x += retry;
    }
    row.discard = QRect(x + gap, y, discard - gap + 1, small.height());
    return row.discard.bottom() + 1;
}

/// Puts text, picture or file and the time into a box that starts at (0, 0); returns its size.
QSize fillBubble(RowLayout& row, int widest, const Look& look) {
    const RowData& data = row.data;
    const int padX = look.px(11);
    const int padY = look.px(7);
    const int inner = widest - 2 * padX;
    const QSize meta(metaWidth(data, look), QFontMetrics(look.secondary).height());
    int y = padY;
    int used = 0;
    if (data.kind == TranscriptKind::Picture) {
        const QSize size = shownPicture(data.pictureSize, look, widest - look.grid(2));
        row.picture = QRect(QPoint(look.grid(1), look.grid(1)), size);
        y = row.picture.bottom() + 1 + look.grid(1);
        used = size.width() + 2 * look.grid(1) - 2 * padX;
    } else if (data.kind == TranscriptKind::File) {
        const QFontMetrics body(look.body);
        const QFontMetrics small(look.secondary);
        const int text =
            qMax(body.horizontalAdvance(data.fileName), small.horizontalAdvance(formatBytes(data.fileSize)));
        const int width = qBound(qMin(look.px(180), inner), text + look.px(48), inner);
        row.file = QRect(padX, y, width, qMax(look.px(36), body.height() + small.height()));
        y = row.file.bottom() + 1 + look.grid(1);
        used = width;
    }
    bool metaBeside = false;
    if (!data.text.isEmpty()) {
        row.links = findLinks(data.text);
        row.text = layOutText(data.text, look.body, inner, Qt::AlignLeft);
        row.textAt = QPointF(padX, y);
        y += layoutHeight(*row.text);
        const qreal lastWidth = row.text->lineAt(row.text->lineCount() - 1).naturalTextWidth();
        const int together = int(std::ceil(lastWidth)) + look.grid(3) + meta.width();
        metaBeside = together <= inner;
        used = qMax(used, int(naturalWidth(*row.text)));
        if (metaBeside)
            used = qMax(used, together);
    }
    used = qMax(used, meta.width());
    const int width = used + 2 * padX;
    const int metaTop = metaBeside ? y - meta.height() + look.px(2) : y;
    row.meta = QRect(QPoint(width - padX - meta.width(), metaTop), meta);
    const int bottom = metaBeside ? y + padY : row.meta.bottom() + 1 + look.px(5);
    return {width, bottom};
}

void shift(RowLayout& row, const QPoint& by) {
    row.picture.translate(by);
    row.file.translate(by);
    row.meta.translate(by);
    row.textAt += by;
}

void scalePicture(RowLayout& row, qreal pixelRatio) {
    if (row.data.picture.isNull() || row.picture.isEmpty())
        return;
    const QSize pixels = (QSizeF(row.picture.size()) * pixelRatio).toSize();
    const QImage scaled =
        row.data.picture.size() == pixels
            ? row.data.picture
            : row.data.picture.scaled(pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    row.scaled = QPixmap::fromImage(scaled.copy(QRect(QPoint(0, 0), pixels)));
    row.scaled.setDevicePixelRatio(pixelRatio);
    row.data.picture = {}; // the model keeps the original
}

} // namespace

RowData readRow(const QModelIndex& index) {
    RowData data;
    data.kind = TranscriptKind(index.data(KindRole).toInt());
    data.side = TranscriptSide(index.data(SideRole).toInt());
    data.delivery = Delivery(index.data(DeliveryRole).toInt());
    data.author = index.data(AuthorRole).toString();
    data.text = index.data(TextRole).toString();
    data.time = index.data(TimeRole).toDateTime().toLocalTime();
    if (data.delivery == Delivery::Failed)
        data.error = index.data(ErrorRole).toString();
    if (data.kind == TranscriptKind::Picture) {
        data.picture = index.data(PictureRole).value<QImage>();
        data.pictureSize = index.data(PictureSizeRole).toSize();
    }
    if (data.kind == TranscriptKind::File) {
        data.fileName = index.data(FileNameRole).toString();
        data.fileSize = index.data(FileSizeRole).toLongLong();
    }
    const QVariant retry = index.data(RetryRole);
    data.canRetry = !retry.isValid() || retry.toBool();
    const QVariant progress = index.data(ProgressRole);
    data.progress = progress.isValid() ? progress.toInt() : -1;

    data.startsDay = true;
    if (index.row() > 0) {
        const QModelIndex before = index.siblingAtRow(index.row() - 1);
        const QDateTime time = before.data(TimeRole).toDateTime().toLocalTime();
        data.startsDay = time.date() != data.time.date();
        const auto kind = TranscriptKind(before.data(KindRole).toInt());
        data.startsRun = data.startsDay || kind == TranscriptKind::System || kind == TranscriptKind::Note ||
                         TranscriptSide(before.data(SideRole).toInt()) != data.side ||
                         before.data(AuthorRole).toString() != data.author || time.secsTo(data.time) > kRunPauseSeconds;
    }
    return data;
}

RowLayout layOutRow(const RowData& data, int width, const Look& look, const RowTexts& texts, qreal pixelRatio) {
    RowLayout row;
    row.data = data;
    const QFontMetrics small(look.secondary);
    int y = 0;
    if (data.startsDay) {
        row.day = QRect(0, look.grid(2), width, small.height() + look.grid(2));
        y = row.day.bottom() + 1;
    }
    if (data.kind == TranscriptKind::System) {
        layOutSystem(row, y, width, look);
        return row;
    }
    if (data.kind == TranscriptKind::Note) {
        layOutNote(row, y, width, look);
        return row;
    }
    const bool left = data.side == TranscriptSide::Customer;
    y += data.startsRun ? look.grid(3) : look.px(3);
    const int margin = sideMargin(look);
    if (data.startsRun && !data.author.isEmpty()) {
        row.author = QRect(margin + look.px(2), y, width - 2 * margin - look.px(4), small.height());
        y = row.author.bottom() + 1 + look.px(3);
    }
    const QSize size = fillBubble(row, widestBubble(width, look), look);
    row.bubble = QRect(QPoint(left ? margin : width - margin - size.width(), y), size);
    shift(row, row.bubble.topLeft());
    y = row.bubble.bottom() + 1;
    if (data.delivery == Delivery::Failed)
        y = layOutFailure(row, y, width, look, texts);
    row.height = y;
    scalePicture(row, pixelRatio);
    return row;
}

RowEstimate::RowEstimate(int width, const Look& look)
    : m_look(look)
    , m_widest(widestBubble(width, look))
    , m_line(QFontMetrics(look.body).height())
    , m_small(QFontMetrics(look.secondary).height())
    , m_unitsPerLine(qMax(1.0, m_widest / (m_line * 0.42))) {}

int RowEstimate::height(const QModelIndex& index) const {
    const auto kind = TranscriptKind(index.data(KindRole).toInt());
    if (kind == TranscriptKind::System)
        return m_small + m_look.grid(2);
    if (kind == TranscriptKind::Note)
        return 2 * m_small + m_line + m_look.px(40);
    int height = m_look.px(8) + m_look.px(14);
    if (kind == TranscriptKind::Picture)
        height += shownPicture(index.data(PictureSizeRole).toSize(), m_look, m_widest).height() + m_line;
    else if (kind == TranscriptKind::File)
        height += m_look.px(36) + m_line;
    const QString text = index.data(TextRole).toString();
    // Ideographs are about twice as wide as Latin letters; looking at every eighth character is exact enough here.
    qsizetype wide = 0;
    for (qsizetype i = 0; i < text.size(); i += 8)
        wide += text[i].unicode() > 0x2E80 ? 8 : 0;
    const double units = double(text.size()) + double(qMin(wide, text.size()));
    return height + m_line * (int(units / m_unitsPerLine) + 1 + int(text.count(u'\n')));
}

int RowLayout::characterAt(const QPointF& pos) const {
    if (text == nullptr || text->lineCount() == 0)
        return -1;
    const QPointF inside = pos - textAt;
    for (int i = 0; i < text->lineCount(); ++i) {
        const QTextLine line = text->lineAt(i);
        if (inside.y() < line.y() + line.height() || i == text->lineCount() - 1)
            return line.xToCursor(inside.x());
    }
    return -1;
}

const Link* RowLayout::linkAt(const QPointF& pos) const {
    if (links.empty() || text == nullptr)
        return nullptr;
    const QPointF inside = pos - textAt;
    for (int i = 0; i < text->lineCount(); ++i) {
        const QTextLine line = text->lineAt(i);
        if (!line.naturalTextRect().contains(inside))
            continue;
        const int at = line.xToCursor(inside.x(), QTextLine::CursorOnCharacter);
        for (const Link& link : links)
            if (at >= link.from && at < link.from + link.length)
                return &link;
    }
    return nullptr;
}

} // namespace cb::widgets
