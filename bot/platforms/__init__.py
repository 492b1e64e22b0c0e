"""One folder a platform: it turns what people do into intents, and draws cards natively."""
