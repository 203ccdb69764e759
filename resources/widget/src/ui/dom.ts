// Elements without markup: text is always text.

export type Child = Node | string | null | undefined | false;

export interface Props {
  class?: string;
  /** Attributes; false and undefined leave one out, true makes it empty. */
  [attribute: string]: string | number | boolean | undefined | ((event: never) => void);
}

/** `onclick: f` listens, everything else is an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as (event: Event) => void);
    else setAttribute(element, name, value);
  }
  append(element, children);
  return element;
}

export function setAttribute(element: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === false || value === undefined) element.removeAttribute(name);
  else if (value === true) element.setAttribute(name, "");
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

export function append(parent: Element, children: Child[]): void {
  for (const child of children) if (child) parent.append(child);
}

/** Writes only what differs, so that live regions do not speak twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement, visible: boolean): void {
  if (element.hidden === visible) element.hidden = !visible;
}

/** What Tab reaches inside, in order. */
export function focusables(root: ParentNode): HTMLElement[] {
  const all = root.querySelectorAll<HTMLElement>("button, [href], input, textarea, [tabindex]");
  return [...all].filter(
    (element) =>
      element.tabIndex >= 0 && !element.hasAttribute("disabled") && element.getClientRects().length > 0,
  );
}

/** Keeps Tab inside; returns true when it moved the focus itself. */
export function trapTab(event: KeyboardEvent, root: HTMLElement, active: Element | null): boolean {
  if (event.key !== "Tab") return false;
  const list = focusables(root);
  const first = list[0];
  const last = list.at(-1);
  const leaving = event.shiftKey ? active === first || active === root : active === last;
  if (!leaving) return false;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
  return true;
}
