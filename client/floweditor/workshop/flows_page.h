#pragma once

#include "client/floweditor/document/flow_file.h"
#include "client/floweditor/workshop/flow_dialogs.h"
#include "client/state/admin_state.h"
#include "client/widgets/table/table_page.h"

namespace cb::floweditor {

/// The flows of one kind of service: what state each is in, what uses it, and what may be done with it (spec 5, the
/// table). Opening one is somebody else's business.
class FlowsPage : public widgets::TablePage {
    Q_OBJECT
public:
    FlowsPage(state::AdminState& admin, model::Mode mode, const widgets::StateStore& store, QWidget* parent = nullptr);

    model::Mode mode() const { return m_mode; }

Q_SIGNALS:
    void openWanted(cb::model::FlowId flow);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    void tell();
    void tellActions();
    widgets::TableCell cell(int row, int column) const;
    const wire::FlowHead& at(int row) const { return m_flows[std::size_t(row)]; }
    void act(const QString& action, int row);
    void askNew();
    void readFile();
    void add(const QString& name, const std::string& graph, const QString& remark = {});
    flow::Names namesHere() const;
    void publish(const wire::FlowHead& flow);
    void askRemove(const wire::FlowHead& flow);
    void duplicate(const wire::FlowHead& flow);
    template <class T>
    api::RestClient::Then<T> answered(std::function<void(const T&)> then = {});

    state::AdminState& m_admin;
    model::Mode m_mode;
    std::vector<wire::FlowHead> m_flows; ///< of this mode
    widgets::Button* m_import;
};

/// What a new flow begins with: a greeting, a menu of two, a transfer each, an end.
std::string templateJson(model::Mode mode);

} // namespace cb::floweditor
