"""Properties of characters, and Unicode's algorithms: order, line breaks, graphemes, scripts."""
