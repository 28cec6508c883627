exports.slug = (title) => title.trim().toLowerCase().replace(' ', '-');
