"""Places and shapes: gazetteer, geocoding, layers and pages; knows nothing of troops."""
