"""Who is likely to benefit from an offer: not who is at risk, but for whom the offer changes what follows."""
