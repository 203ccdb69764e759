#pragma once

#include "client/floweditor/document/choices.h"
#include "client/widgets/theme/themed.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace cb::floweditor {

/// The settings of one kind of node.
class NodeForm : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    /// `data` says which kind; its values are not taken.
    static NodeForm* make(const flow::NodeData& data, flow::Mode mode, QWidget* parent);

    virtual void show(const Choices& choices, const flow::NodeData& data) = 0;
    virtual flow::NodeData data() const = 0;
    /// False: it holds what no flow may have (two branches of one name), and says so itself.
    virtual bool isClear() const { return true; }

Q_SIGNALS:
    /// Edits with the same key that follow each other are one step; an empty key stands alone.
    void edited(const QString& key);

protected:
    explicit NodeForm(QWidget* parent);
    void add(QWidget* field);
};

} // namespace cb::floweditor
