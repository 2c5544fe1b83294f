//! The endpoints of the products, by pattern and exception.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Sources, yes};
use crate::domain::values::{Invalid, Region};

/// The endpoints of the products.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The products.
    #[serde(rename = "product")]
    pub products: Vec<Product>,
    /// The regions that have a name.
    #[serde(rename = "region")]
    pub regions: Vec<RegionRow>,
}

/// The endpoints of one product.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The product's code.
    pub id: String,
    /// The API version.
    pub version: Option<String>,
    /// The pattern of the public endpoint, with `{region}`.
    pub public: String,
    /// The pattern of the VPC or internal endpoint.
    pub vpc: Option<String>,
    /// Regions with a public endpoint, where they are known.
    pub regions: Option<Vec<String>>,
    /// Regions with a VPC endpoint only.
    #[serde(default)]
    pub vpc_only: Vec<String>,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
    /// Where the patterns do not hold.
    #[serde(default)]
    pub exception: Vec<EndpointException>,
}

/// A region in which a pattern does not hold.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointException {
    /// The region.
    pub region: String,
    /// The public endpoint, where the pattern gives the wrong one.
    pub public: Option<String>,
    /// The VPC or internal endpoint, where the pattern gives the wrong one.
    pub vpc: Option<String>,
    /// The networks in which there is no endpoint.
    #[serde(default)]
    pub without: Vec<Network>,
}

/// A region and its name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionRow {
    /// Its ID.
    pub id: String,
    /// Its English name.
    pub name: Option<String>,
    /// Who says so.
    pub source: String,
}

/// Which network an endpoint is reached over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// Inside Alibaba Cloud: internal (OSS) or VPC endpoints.
    Internal,
    /// The public network.
    Public,
}

impl Network {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }
}

impl FromStr for Network {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.to_lowercase().as_str() {
            "internal" | "vpc" => Ok(Self::Internal),
            "public" => Ok(Self::Public),
            _ => Err(Invalid::new("a network", text, "use internal or public")),
        }
    }
}

impl Product {
    /// The endpoint in a region; `None` where the documents know of none.
    #[must_use]
    pub fn endpoint(&self, region: &Region, network: Network) -> Option<String> {
        let exception = self.exception.iter().find(|row| row.region == region.as_str());
        if exception.is_some_and(|row| row.without.contains(&network)) {
            return None;
        }
        let vpc_only = self.vpc_only.iter().any(|other| other == region.as_str());
        let (special, pattern) = match network {
            Network::Internal => (exception.and_then(|row| row.vpc.as_ref()), self.vpc.as_ref()),
            Network::Public => {
                let special = exception.and_then(|row| row.public.as_ref());
                (special, (!vpc_only).then_some(&self.public))
            }
        };
        Some(special.or(pattern)?.replace("{region}", region.as_str()))
    }

    /// Whether the documents list the region for this product; `None` where they list none at all.
    #[must_use]
    pub fn knows(&self, region: &Region) -> Option<bool> {
        let mut listed = self.regions.as_ref()?.iter().chain(&self.vpc_only);
        Some(listed.any(|other| other == region.as_str()))
    }
}

impl Endpoints {
    /// The product with this code.
    #[must_use]
    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }
}
