"""The registry of models: what stands of each, what people decide, what was in use before, and any score made again."""
