"""The models: declared, trained on known cases, calibrated, measured against their pass mark, kept and scored."""
