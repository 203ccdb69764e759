#include "client/widgets/controls/field.h"

#include "client/widgets/controls/button.h"

#include <QKeyEvent>
#include <QStyle>
#include <QVBoxLayout>

namespace cb::widgets {

Field::Field(const QString& label, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_label(new Label(label, TextSize::Body, this))
    , m_line(new Label({}, TextSize::Secondary, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_label);
    column->addWidget(m_line);
    m_label->setVisible(!label.isEmpty());
    m_line->setTone(Tone::Muted);
    m_line->setWordWrap(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Field::setEditor(QWidget* editor) {
    m_editor = editor;
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, editor);
    m_label->setBuddy(editor);
    setFocusProxy(editor);
    restyle();
    tell();
}

QString Field::label() const {
    return m_label->text();
}

void Field::setLabel(const QString& text) {
    m_label->setText(text);
    m_label->setVisible(!text.isEmpty());
    tell();
}

void Field::setHint(const QString& text) {
    m_hint = text;
    tell();
}

void Field::setError(const QString& text) {
    m_error = text;
    tell();
}

void Field::setLineKept(bool kept) {
    m_lineKept = kept;
    tell();
}

void Field::tell() {
    const bool wrong = !m_error.isEmpty();
    m_line->setText(wrong ? m_error : m_hint);
    m_line->setTone(wrong ? Tone::Danger : Tone::Muted);
    m_line->setVisible(m_lineKept || !m_line->text().isEmpty());
    m_editor->setAccessibleName(m_label->text());
    m_editor->setAccessibleDescription(m_line->text());
    m_editor->setProperty("invalid", wrong);
    m_editor->update();
}

void Field::restyle() {
    layout()->setSpacing(look().grid(1));
    const QRect line =
        QFontMetrics(look().secondary).boundingRect(0, 0, 1000, 1000, Qt::TextWordWrap, QStringLiteral("Xg客"));
    m_line->setMinimumHeight(line.height());
}

TextField::TextField(const QString& label, QWidget* parent)
    : Field(label, parent)
    , m_edit(new QLineEdit(this)) {
    setEditor(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& text) {
        setError({}); // what was wrong is being mended
        Q_EMIT textEdited(text);
    });
}

PasswordField::PasswordField(const QString& label, QWidget* parent)
    : Field(label, parent)
    , m_edit(new QLineEdit(this))
    , m_eye(new IconButton(Glyph::Eye, {}, m_edit)) {
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoAutoUppercase);
    setEditor(m_edit);
    m_eye->setCheckable(true);
    m_eye->setFocusPolicy(Qt::NoFocus); // Tab goes on to the next field, and keys stay in this one
    m_eye->setCursor(Qt::ArrowCursor);
    connect(m_eye, &QAbstractButton::toggled, this, [this](bool shown) {
        m_edit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        m_eye->setGlyph(shown ? Glyph::EyeOff : Glyph::Eye);
        retranslate();
    });
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& text) {
        setError({});
        Q_EMIT textEdited(text);
    });
    PasswordField::restyle();
    PasswordField::retranslate();
}

void PasswordField::hideText() {
    m_eye->setChecked(false);
}

void PasswordField::retranslate() {
    m_eye->setLabel(m_eye->isChecked() ? tr("Hide password") : tr("Show password"));
}

void PasswordField::restyle() {
    Field::restyle();
    placeEye();
}

void PasswordField::resizeEvent(QResizeEvent* event) {
    Field::resizeEvent(event);
    placeEye();
}

void PasswordField::placeEye() {
    layout()->activate();
    const int side = m_edit->height() - look().grid(2);
    m_eye->setGeometry(m_edit->width() - side - look().grid(1), look().grid(1), side, side);
    m_edit->setTextMargins(0, 0, side, 0);
}

TextArea::TextArea(const QString& label, int lines, QWidget* parent)
    : Field(label, parent)
    , m_edit(new QTextEdit(this))
    , m_lines(lines) {
    m_edit->setAcceptRichText(false);
    m_edit->setTabChangesFocus(true);
    m_edit->document()->setDocumentMargin(0);
    setEditor(m_edit);
    connect(m_edit, &QTextEdit::textChanged, this, [this] {
        if (!error().isEmpty())
            setError({});
    });
    TextArea::restyle();
}

void TextArea::restyle() {
    Field::restyle();
    const Look& l = look();
    m_edit->document()->setDocumentMargin(l.px(6));
    m_edit->setFixedHeight(QFontMetrics(l.body).lineSpacing() * m_lines + l.px(14));
}

SelectField::SelectField(const QString& label, QWidget* parent)
    : Field(label, parent)
    , m_box(new QComboBox(this)) {
    m_box->setMaxVisibleItems(12);
    setEditor(m_box);
}

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : Themed<QLineEdit>(parent) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    addAction(glyphIcon(Glyph::Search), QLineEdit::LeadingPosition);
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        Q_EMIT textEdited(QString());
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace cb::widgets
