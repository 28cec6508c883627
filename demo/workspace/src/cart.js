const { slug } = require('./slug');

/** A cart line: a product's name, its price in cents and how many of it. */
exports.line = (name, priceCents, quantity = 1) => ({ id: slug(name), name, priceCents, quantity });

/** What the whole cart costs, in cents. */
exports.totalCents = (lines) => {
  // TODO: count the quantity of each line, not only its price.
  return lines.reduce((sum, { priceCents }) => sum + priceCents, 0);
};
