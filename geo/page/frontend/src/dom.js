/** Build elements from data: text is always set as text, never as markup. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [properties] properties, attributes, and `on` with listeners
 * @param {...(Node | string | null | undefined)} children
 * @returns {any} the element
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else if (name in node && name !== "list") {
      /** @type {any} */ (node)[name] = value;
    } else if (value !== null && value !== undefined) {
      node.setAttribute(name, String(value));
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/**
 * Let only web addresses become links.
 * @param {string} address
 * @returns {string | null} the address, or null where it is none of http and https
 */
export function webAddress(address) {
  try {
    const url = new URL(address.trim());
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} address
 * @param {string} text
 * @returns {HTMLElement | string} a link that gives nothing away, or the bare text
 */
export function link(address, text) {
  const href = webAddress(address);
  if (!href) return text;
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** @param {string} name of a custom property @returns {string} its value in the current theme */
export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Hand a file to the reader.
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
