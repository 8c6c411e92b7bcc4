"""Whether a model still looks at what it learned from: indicators, scores, chances and lists, date by date."""
