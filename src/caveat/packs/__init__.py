"""Rule packs and the data they rest on: the model, the loader and every mistake told at its place."""
