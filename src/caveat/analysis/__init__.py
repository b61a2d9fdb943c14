"""The only room that knows spaCy: it turns a document into facts."""
