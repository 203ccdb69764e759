#pragma once

#include "client/widgets/theme/look.h"

#include <QEvent>

namespace cb::widgets {

/// A widget that follows the theme and the language while it lives. Override restyle() for fonts and sizes that depend
/// on the look and retranslate() for own texts; a constructor calls both itself, once.
template <class Base>
class Themed : public Base {
public:
    using Base::Base;

protected:
    virtual void restyle() {}
    virtual void retranslate() {}

    const Look& look() const { return lookOf(this); }

    void changeEvent(QEvent* event) override {
        Base::changeEvent(event);
        if (event->type() == QEvent::StyleChange) {
            restyle();
            this->updateGeometry();
            this->update();
        } else if (event->type() == QEvent::LanguageChange) {
            retranslate();
            this->updateGeometry();
            this->update();
        }
    }
};

} // namespace cb::widgets
