import { type Element, XMLSerializer } from '@xmldom/xmldom';

export const serializer = new XMLSerializer();
const elements = (parent: Element): Element[] =>
  [...parent.childNodes].filter((node): node is Element => node.nodeType === 1);
export const kids = (parent: Element, name: string): Element[] =>
  elements(parent).filter((one) => one.localName === name);
export const kid = (parent: Element, name: string): Element | undefined => kids(parent, name)[0];
/** All elements of a name below another, in the order of the file. */
export function below(parent: Element, name: RegExp): Element[] {
  return elements(parent).flatMap((one) => [
    ...(name.test(one.localName ?? '') ? [one] : []),
    ...below(one, name),
  ]);
}
export const attribute = (of: Element, name: string) => of.getAttribute(name) ?? '';
export const words = (of: Element | undefined) => (of?.textContent ?? '').trim();

/** The inner markup of an element, without what is said about answers. */
export function inner(of: Element, skip: (child: Element) => boolean = () => false): string {
  return [...of.childNodes]
    .map((node) => {
      if (node.nodeType !== 1) return serializer.serializeToString(node);
      const child = node as Element;
      const name = child.localName ?? '';
      if (skip(child) || /^qti-(feedback|stimulus|catalog|rubric|companion)/.test(name)) return '';
      if (name === 'qti-content-body' || name === 'qti-prompt') return inner(child, skip);
      return serializer.serializeToString(node);
    })
    .join('');
}
