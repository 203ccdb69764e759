#pragma once

#include "client/widgets/controls/label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTextEdit>

namespace cb::widgets {

class IconButton;

/// What all form fields share: a label above, the editor, a line below for a hint or what is wrong. The line's room is
/// kept, so a form never jumps when an error appears.
class Field : public Themed<QWidget> {
    Q_OBJECT
public:
    QString label() const;
    void setLabel(const QString& text);
    void setHint(const QString& text);
    /// Shown instead of the hint, in red, with the field's outline; empty clears it.
    void setError(const QString& text);
    QString error() const { return m_error; }
    /// Whether room is kept for the hint or error below, so that nothing moves when it comes. Kept at first.
    void setLineKept(bool kept);

protected:
    Field(const QString& label, QWidget* parent);
    void setEditor(QWidget* editor);
    void restyle() override;

private:
    void tell();

    Label* m_label;
    Label* m_line;
    QWidget* m_editor = nullptr;
    QString m_hint;
    QString m_error;
    bool m_lineKept = true;
};

class TextField : public Field {
    Q_OBJECT
public:
    explicit TextField(const QString& label, QWidget* parent = nullptr);
    QLineEdit* edit() const { return m_edit; }
    QString text() const { return m_edit->text(); }
    void setText(const QString& text) { m_edit->setText(text); }
    void setPlaceholder(const QString& text) { m_edit->setPlaceholderText(text); }

Q_SIGNALS:
    void textEdited(const QString& text);

private:
    QLineEdit* m_edit;
};

/// Hidden text with an eye that shows it while pressed in.
class PasswordField : public Field {
    Q_OBJECT
public:
    explicit PasswordField(const QString& label, QWidget* parent = nullptr);
    QLineEdit* edit() const { return m_edit; }
    QString text() const { return m_edit->text(); }
    void hideText();

Q_SIGNALS:
    void textEdited(const QString& text);

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;
    void restyle() override;

private:
    void placeEye();

    QLineEdit* m_edit;
    IconButton* m_eye;
};

/// Several lines of plain text. Tab leaves the field.
class TextArea : public Field {
    Q_OBJECT
public:
    explicit TextArea(const QString& label, int lines = 4, QWidget* parent = nullptr);
    QTextEdit* edit() const { return m_edit; }
    QString text() const { return m_edit->toPlainText(); }
    void setText(const QString& text) { m_edit->setPlainText(text); }

protected:
    void restyle() override;

private:
    QTextEdit* m_edit;
    int m_lines;
};

class SelectField : public Field {
    Q_OBJECT
public:
    explicit SelectField(const QString& label, QWidget* parent = nullptr);
    QComboBox* box() const { return m_box; }

private:
    QComboBox* m_box;
};

/// A line with a magnifier and a clear button, for toolbars and lists.
class SearchField : public Themed<QLineEdit> {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace cb::widgets
